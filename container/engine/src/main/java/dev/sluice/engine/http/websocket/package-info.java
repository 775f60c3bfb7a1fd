/** WebSocket frames and messages (RFC 6455) on an upgraded connection, by Undertow's framing. */
@NullMarked
package dev.sluice.engine.http.websocket;

import org.jspecify.annotations.NullMarked;
