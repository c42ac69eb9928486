/** Loads the route files and watches them; checks them, in a context that starts nothing, and replaces what has changed while the rest runs. */
package org.chatarchiver.routing;
