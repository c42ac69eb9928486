/** Collects what the source has: runs and their windows, polls, leases, log-ins to the feed and its clock, attachments by href. */
package org.chatarchiver.collect;
