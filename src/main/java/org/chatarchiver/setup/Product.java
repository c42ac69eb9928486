package org.chatarchiver.setup;

import java.util.List;

/**
 * A ready-made choice of what can be archived.
 *
 * @param id that its connector is offered
 * @param name as Microsoft Purview's connector is called; the folder in the mailboxes has the same name
 * @param network as TeleMessage names it
 * @param archived what is archived, each a part of a list
 */
public record Product(String id, String name, String network, List<String> archived) {}
