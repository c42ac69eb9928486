/** Loads the route files, and checks them against the conventions that routes keep. */
package org.chatarchiver.routing;
