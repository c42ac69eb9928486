/** The console's log-in by OpenID Connect: who the issuer is, what it says of a person, and which of our roles that is. */
package org.chatarchiver.oidc;
