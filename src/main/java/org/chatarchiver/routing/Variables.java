package org.chatarchiver.routing;

import java.util.Set;
import org.chatarchiver.alert.Alert;
import org.chatarchiver.archive.ArchiveVariables;
import org.chatarchiver.collect.CollectVariables;
import org.chatarchiver.connector.MappingReading;
import org.chatarchiver.delivery.DeliveryVariables;
import org.chatarchiver.recovery.Resuming;
import org.chatarchiver.verify.FolderCheck;
import org.chatarchiver.verify.MailboxCheck;

/** The variables that routes may carry along between steps that are beans. */
final class Variables {
    static final Set<String> ALL = Set.of(
            CollectVariables.POLL,
            CollectVariables.FETCHED,
            CollectVariables.ATTACHMENT,
            Resuming.RUN,
            ArchiveVariables.SEARCH,
            ArchiveVariables.MESSAGE,
            ArchiveVariables.REFUSE,
            DeliveryVariables.BATCH,
            DeliveryVariables.DOUBTFUL,
            Alert.ALERT,
            MappingReading.TEXT,
            MailboxCheck.LOOKUP,
            FolderCheck.LISTING);

    private Variables() {}
}
