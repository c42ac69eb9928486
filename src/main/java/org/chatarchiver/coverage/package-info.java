/** Who is archived, and who is not: counted behind the archiving, and held against the mapping files. */
package org.chatarchiver.coverage;
