package org.chatarchiver.archive;

import java.util.List;
import org.chatarchiver.delivery.MailboxBatch;
import org.chatarchiver.ledger.Failure;

/** What a chunk comes to, once the ledger has it: failures for their channels, and a batch for each mailbox. */
public record Plan(List<Failure> failures, List<MailboxBatch> batches) {}
