package org.chatarchiver.connector;

/**
 * One network archived for one organisation, as its connector file says.
 *
 * @param id {@code [a-z][a-z0-9-]{0,39}}
 * @param name of the product, such as "WeChat Archiver"
 * @param network as the feed names it, such as WECHAT
 * @param folder in every mailbox
 * @param schedule Quartz cron, UTC
 * @param username at TeleMessage; the password is a secret file
 * @param mapping {@code file:<path>} of the mapping file; empty for none
 */
public record Connector(
        String id,
        String name,
        String network,
        String folder,
        String schedule,
        String username,
        String mapping,
        boolean automaticMapping) {

    /** Whether what it has in work can go on under the other one: only what it is called, and when it runs, may differ. */
    public boolean worksLike(Connector other) {
        return equals(new Connector(
                other.id,
                name,
                other.network,
                other.folder,
                schedule,
                other.username,
                other.mapping,
                other.automaticMapping));
    }
}
