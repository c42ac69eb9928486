/** How long what has landed and what the ledger tells of it are kept, and the holds that keep it longer. */
package org.chatarchiver.retention;
