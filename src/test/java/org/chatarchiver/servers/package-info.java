/** Real servers, and a browser, that tests start on 127.0.0.1 and stop again. */
package org.chatarchiver.servers;
