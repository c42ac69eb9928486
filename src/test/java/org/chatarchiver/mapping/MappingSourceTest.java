package org.chatarchiver.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MappingSourceTest {
    @Test
    void aConnectorNeedsAMappingFileOrAutomaticMapping() {
        assertThat(MappingSource.refusal("wechat", "", false))
                .contains("The connector 'wechat' has neither a mapping file nor automatic mapping: set its parameter"
                        + " mapping to file:<path>, or automaticMapping to true.");
        assertThat(MappingSource.refusal("wechat", "", true)).isEmpty();
        assertThat(MappingSource.refusal("wechat", "file:data/x.csv", false)).isEmpty();
        assertThat(MappingSource.refusal("wechat", "http://x", true)).isPresent();
        assertThat(MappingSource.refusal("wechat", "file:", true)).isPresent();
        assertThat(MappingSource.refusal("wechat", "file:\u0000", true)).isPresent();
    }
}
