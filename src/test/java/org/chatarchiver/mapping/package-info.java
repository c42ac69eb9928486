/** Tests of the rules, the mapping file and its store, against a directory that is held in memory. */
package org.chatarchiver.mapping;
