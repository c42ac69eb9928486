/** What stands in {@code k8s/} is valid, true of the program, and enough for a pod to start with. */
package org.chatarchiver.k8s;
