/** The REST API: a reader of the ledger that starts what an administrator asks for. */
package org.chatarchiver.api;
