/** What setting up a connector asks: terms, the log-in at TeleMessage, the mapping file's check. */
package org.chatarchiver.setup;
