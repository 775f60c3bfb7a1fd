/** The server as a whole: wires transport, gate, applications, logs and management, and starts and stops them in order. */
@NullMarked
package dev.sluice.deploy.server;

import org.jspecify.annotations.NullMarked;
