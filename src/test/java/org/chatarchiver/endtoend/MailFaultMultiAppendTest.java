package org.chatarchiver.endtoend;

import org.chatarchiver.servers.RequiresProgram;

@RequiresProgram({"dovecot", "python3"})
class MailFaultMultiAppendTest extends MailFaultContract {
    MailFaultMultiAppendTest() {
        super(true);
    }
}
