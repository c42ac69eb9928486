package org.chatarchiver.endtoend;

import org.chatarchiver.servers.RequiresProgram;

@RequiresProgram({"dovecot", "python3"})
class MailFaultPipelinedTest extends MailFaultContract {
    MailFaultPipelinedTest() {
        super(false);
    }
}
