/** Connectors, each with the mapping file that it takes its mailboxes from. */
package org.chatarchiver.connector;
