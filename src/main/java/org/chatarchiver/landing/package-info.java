/** Landed pages and attachments: stored byte for byte before anything reads them, with their digests, never overwritten. */
package org.chatarchiver.landing;
