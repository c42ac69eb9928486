/** The error channels: what failed is recorded, told to the routes of the channels, and requeued. */
package org.chatarchiver.channel;
