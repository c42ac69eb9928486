/** The archiver killed and its servers failing: nothing may be lost, nothing filed twice. */
package org.chatarchiver.faults;
