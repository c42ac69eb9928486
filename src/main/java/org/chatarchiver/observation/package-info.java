/** What is told of the work while it is under way: the fields of its log lines, and its traces. */
package org.chatarchiver.observation;
