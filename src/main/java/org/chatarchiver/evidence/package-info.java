/** The evidence of a time as one file, which whoever has it can check without the archiver. */
package org.chatarchiver.evidence;
