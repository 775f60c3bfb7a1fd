package dev.sluice.transport.nio;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The contract on nio with partial and refused writes, short reads and late events. */
@Suite
@SelectPackages("dev.sluice.transport.contract")
@IncludeClassNamePatterns(".*Test")
@ExcludeTags("exact")
@ConfigurationParameter(key = "sluice.transport", value = "faults:nio")
class NioFaultsContractTest {}
