package org.chatarchiver.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The text of Dovecot's configuration files. */
final class DovecotConfiguration {
    private DovecotConfiguration() {}

    /** Tokens are checked with the key alone, and are good for every mailbox: {@code username_format} makes all names equal. */
    static String oauth2(Path home) {
        return String.format(Locale.ROOT, """
                introspection_mode = local
                local_validation_key_dict = fs:posix:prefix=%s/keys/
                username_attribute = sub
                username_format = any
                """, home);
    }

    static String main(
            Path home,
            int imapPort,
            int imapsPort,
            List<String> users,
            String capabilities,
            String quota,
            boolean synced)
            throws IOException {
        String text = MAIN.replace("@home@", home.toString())
                .replace("@fsync@", synced ? "optimized" : "never")
                .replace("@imap@", String.valueOf(imapPort))
                .replace("@imaps@", String.valueOf(imapsPort))
                .replace("@users@", String.join(" ", users));
        return text + owner(home) + capabilities(capabilities) + quota(quota);
    }

    /** Everybody, master users too, may only look at this folder. */
    static String readOnly(Path home) {
        return String.format(Locale.ROOT, """
                mail_plugins = acl
                plugin {
                  acl = vfile:%s/acl
                  acl_user = %%u
                }
                """, home);
    }

    /** Refuses more connections of one user. */
    static String connectionsPerUser(int most) {
        return most == 0 ? "" : "mail_max_userip_connections = " + most + "\n";
    }

    /** Its "high-performance" log-in processes, and mail processes that outlive a connection. */
    static String processes(boolean reused) {
        return !reused ? "" : """
                service imap-login {
                  service_count = 0
                  process_min_avail = 1
                }
                service imap {
                  service_count = 10000
                }
                """;
    }

    private static String capabilities(String capabilities) {
        return capabilities.isEmpty() ? "" : "imap_capability = " + capabilities + "\n";
    }

    private static String quota(String storage) {
        return storage.isEmpty() ? "" : String.format(Locale.ROOT, """
                mail_plugins = quota
                plugin {
                  quota = count:User quota
                  quota_vsizes = yes
                  quota_rule = *:storage=%s
                }
                """, storage);
    }

    /** Root gives Dovecot's processes to the users it was packaged with; anybody else can only run all of it as himself. */
    private static String owner(Path home) throws IOException {
        Object uid = Files.getAttribute(home, "unix:uid");
        if (uid.equals(0)) {
            return "mail_uid = nobody\nmail_gid = nogroup\n";
        }
        String user = System.getProperty("user.name");
        return String.format(Locale.ROOT, """
                mail_uid = %1$s
                mail_gid = %2$s
                default_internal_user = %3$s
                default_login_user = %3$s
                default_internal_group = %2$s
                service anvil {
                  chroot =
                }
                service imap-login {
                  chroot =
                }
                service stats {
                  chroot =
                }
                """, uid, Files.getAttribute(home, "unix:gid"), user);
    }

    private static final String MAIN = """
            base_dir = @home@/run
            state_dir = @home@/state
            log_path = @home@/log
            protocols = imap
            listen = 127.0.0.1
            ssl = yes
            ssl_cert = <@home@/cert.pem
            ssl_key = <@home@/key.pem
            disable_plaintext_auth = no
            auth_mechanisms = plain xoauth2
            auth_failure_delay = 0
            mail_location = mdbox:@home@/mail/%u
            mail_fsync = @fsync@
            mail_max_userip_connections = 1000
            first_valid_uid = 1
            default_process_limit = 1000
            default_client_limit = 10000
            namespace inbox {
              inbox = yes
              separator = /
            }
            passdb {
              driver = passwd-file
              args = username_format=%u @home@/masters
              master = yes
              mechanisms = plain
              result_success = continue
            }
            passdb {
              driver = passwd-file
              args = username_format=%u @home@/users
              mechanisms = plain
            }
            passdb {
              driver = oauth2
              username_filter = @users@
              mechanisms = xoauth2
              args = @home@/oauth2.conf
            }
            # Without it, a mailbox that the filter above leaves out would count as a fault of the server.
            passdb {
              driver = static
              mechanisms = xoauth2
              args = password={PLAIN}never
            }
            userdb {
              driver = passwd-file
              args = username_format=%u @home@/users
            }
            service imap-login {
              inet_listener imap {
                port = @imap@
              }
              inet_listener imaps {
                port = @imaps@
                ssl = yes
              }
            }
            service imap {
              process_limit = 1000
            }
            # Failed log-ins would be answered later and later.
            service anvil {
              unix_listener anvil-auth-penalty {
                mode = 0
              }
            }
            """;
}
