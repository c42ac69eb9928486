package org.chatarchiver.mapping;

import java.util.function.Function;

/** Asks a destination as the archiver does: for what is not known, and where nobody else asks already. */
final class AskingDirectory implements MailboxDirectory {
    private final Function<String, MailboxAnswer> destination;
    private final MailboxAnswers answers;

    AskingDirectory(Function<String, MailboxAnswer> destination, MailboxAnswers answers) {
        this.destination = destination;
        this.answers = answers;
    }

    @Override
    public MailboxAnswer lookup(String mailbox) {
        return answers.known(mailbox).or(() -> answers.await(mailbox)).orElseGet(() -> ask(mailbox));
    }

    @Override
    public MailboxAnswer lookupAgain(String mailbox) {
        answers.invalidate(mailbox);
        return lookup(mailbox);
    }

    private MailboxAnswer ask(String mailbox) {
        MailboxAnswer answer;
        try {
            answer = destination.apply(mailbox);
        } catch (RuntimeException e) {
            answers.giveUp(mailbox);
            throw e;
        }
        answers.learn(mailbox, answer);
        return answer;
    }
}
