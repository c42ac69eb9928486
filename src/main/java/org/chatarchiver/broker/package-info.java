/** The connection to the broker, where the page queue is one's of AMQP 1.0. */
package org.chatarchiver.broker;
