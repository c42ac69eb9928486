package org.chatarchiver.ledger;

import java.time.Instant;

/**
 * A connector that is being added or changed, as far as it has got.
 *
 * @param replaces the id of the connector that it changes; null for one that it adds
 * @param base SHA-256 of what that connector's file says when the draft begins; null for one that it adds
 * @param settings as the connector's file will have them; what has not been said yet is empty
 * @param account what the source calls the account that took the log-in; null where none has
 * @param accountChecked when it did; null where it has not
 * @param csv SHA-256 of the mapping file that was uploaded for it; null for none
 * @param version one more with each change
 * @param finished null while it goes on
 * @param file of the connector, once that is written or to be committed; null until then
 * @param toCommit why the connector's file could not be written, so that it is to be committed; null where it was
 */
public record Draft(
        String id,
        String replaces,
        String base,
        Settings settings,
        String account,
        Instant accountChecked,
        String csv,
        Mark started,
        Mark changed,
        long version,
        Mark finished,
        String file,
        String toCommit) {

    /** Of a text of the settings, but for the mapping, in characters: as long as a connector's file may have it. */
    public static final int LONGEST = 200;

    /** @param mapping {@code file:<path>}, or empty */
    public record Settings(
            String connector,
            String name,
            String network,
            String folder,
            String schedule,
            String username,
            String mapping,
            boolean automatic) {

        /** As the review has them: what the connector is called, where it files and when it runs. */
        public Settings withNames(String connector, String name, String folder, String schedule) {
            return new Settings(connector, name, network, folder, schedule, username, mapping, automatic);
        }

        public Settings withUsername(String username) {
            return new Settings(connector, name, network, folder, schedule, username, mapping, automatic);
        }

        /** @param mapping {@code file:<path>}, or empty for none */
        public Settings withMapping(String mapping, boolean automatic) {
            return new Settings(connector, name, network, folder, schedule, username, mapping, automatic);
        }
    }

    /** Who did it, and when. */
    public record Mark(Instant at, String by) {}

    public Draft with(Settings changed) {
        return new Draft(
                id,
                replaces,
                base,
                changed,
                account,
                accountChecked,
                csv,
                started,
                this.changed,
                version,
                finished,
                file,
                toCommit);
    }

    /** @param name of the account; null where the log-in is to be checked again */
    public Draft withAccount(String name, Instant checked) {
        return new Draft(
                id, replaces, base, settings, name, checked, csv, started, changed, version, finished, file, toCommit);
    }

    /** @param sha256 null for none */
    public Draft withCsv(String sha256) {
        return new Draft(
                id,
                replaces,
                base,
                settings,
                account,
                accountChecked,
                sha256,
                started,
                changed,
                version,
                finished,
                file,
                toCommit);
    }
}
