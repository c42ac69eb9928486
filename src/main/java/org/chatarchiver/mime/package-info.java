/** One message to one RFC 5322 e-mail: the same bytes every time. */
package org.chatarchiver.mime;
