/** One chat message as the source tells it, in the words every other package shares; knows no wire format and no e-mail. */
package org.chatarchiver.message;
