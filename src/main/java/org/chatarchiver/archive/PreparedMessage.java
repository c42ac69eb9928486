package org.chatarchiver.archive;

/** A message with which the way to its e-mail has ended: a marshalled one, or one of which nothing is sent. */
public sealed interface PreparedMessage permits MappedMessage, MarshalledMessage {

    /** What becomes of its items. */
    MappedMessage mapped();
}
