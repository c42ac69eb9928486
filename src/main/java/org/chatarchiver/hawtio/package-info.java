/** Hawtio, which shows the routes as they run: its door with a log-in of its own, and what Jolokia may tell and do. */
package org.chatarchiver.hawtio;
