/** The feed: what it is asked for and how its pages are read, one message at a time. */
package org.chatarchiver.telemessage;
