/** The demo's other end: a TeleMessage feed with sample traffic and a mail server, all inside one JVM and on 127.0.0.1. */
package org.chatarchiver.sandbox;
