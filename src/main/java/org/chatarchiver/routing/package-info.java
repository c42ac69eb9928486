/** The few beans that routes call, and the conventions that the routes keep. */
package org.chatarchiver.routing;
