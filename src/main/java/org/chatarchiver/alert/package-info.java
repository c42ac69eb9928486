/** Tells the operators: causes of alerts, what is found of each, and gauges. */
package org.chatarchiver.alert;
