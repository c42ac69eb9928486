/**
 * Which mailboxes a message belongs to: the mapping file, automatic mapping and the mailboxes that really exist.
 *
 * <h2>The mapping file</h2>
 *
 * CSV (RFC 4180: commas, quotation marks where needed) in UTF-8, with or without a byte order mark, at most 64 MB and 1,000,000 rows:
 *
 * <pre>
 * External User ID,Microsoft 365 User Mailbox,Valid From,Valid To
 * +44 7911 123456,alice@contoso.example,,2026-06-30
 * +44 7911 123456,bob@contoso.example,2026-07-01,
 * wxid_k3v9,carol@contoso.example,,
 * </pre>
 *
 * <ul>
 *   <li>The header stands exactly so; the two date columns are left out together or not at all. Blank lines are passed over.
 *   <li>Numbers are compared in E.164 form, WhatsApp ids by the number in front, and numbers that a country writes in two ways (Brazil's
 *       ninth digit, Mexico's 1, Argentina's 9) are equal. One without {@code +} or {@code 00} is read as a national number of
 *       {@code archiver.mapping.default-region} where it is valid there, else as an international one. Other ids are compared as text,
 *       to the sign. White space and invisible signs around a value do not count.
 *   <li>An id of digits and punctuation is a number that is possible, or digits alone; anything else of the kind is a bad row: a
 *       spreadsheet has rounded it, or given it decimal places or thousands. In groups it has its country code in front, as a group of
 *       its own or behind {@code +} or {@code 00}: {@code 202-555-0100} would be a number of Egypt. A number with words beside it is a
 *       bad row too, and so is what a spreadsheet shows where a formula has failed, and a word that stands for no value.
 *   <li>Dates are {@code yyyy-MM-dd}, both inclusive, in UTC, held against the time of the message; an empty one is open. Rows for
 *       one number must not overlap.
 *   <li>A file with a bad row is rejected as a whole, with the lines of the first 100 bad rows. So is one without rows: a mapping that
 *       maps nobody is nearly always a mistake.
 * </ul>
 *
 * <h2>Versions</h2>
 *
 * Each file that is given, to the API, in the console or on a disk, is a version: its bytes in the landing zone under their digest, its row
 * in the ledger. Which of two counts is decided as follows.
 *
 * <ul>
 *   <li>The ledger numbers versions one by one. The one that it accepted last is in force, for every archiver: within seconds, and for each
 *       page that is taken up from then on. The work on a page goes by one version throughout.
 *   <li>A file on a disk becomes a version when it is changed. As long as it is as it was when it was taken, here or by another archiver,
 *       it does not: what was sent since stays in force, also where an archiver is started beside a file of old. Changed back to what it
 *       was, it is a version again. One whose bytes were never a version always becomes one.
 *   <li>What is sent is written to the file of the archiver that it was sent to, where that can be written; other disks stay as they are.
 *   <li>A file that is refused is a version too, but never in force; it is told of until another one is.
 *   <li>Where no version was ever accepted, the file that this archiver accepted last, before there were versions, becomes the first.
 *   <li>Bytes in the landing zone without a row are those of an archiver that was killed in between: no version, and harmless.
 * </ul>
 */
package org.chatarchiver.mapping;
