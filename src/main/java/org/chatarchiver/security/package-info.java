/** Users, roles, secrets and the permissions of the data directory. */
package org.chatarchiver.security;
