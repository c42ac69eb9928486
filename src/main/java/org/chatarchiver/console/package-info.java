/** The console: pages in a browser that show and do what the API does, behind a log-in by a form. */
package org.chatarchiver.console;
