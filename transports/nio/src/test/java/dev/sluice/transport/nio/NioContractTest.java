package dev.sluice.transport.nio;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The whole contract on nio. */
@Suite
@SelectPackages("dev.sluice.transport.contract")
@IncludeClassNamePatterns(".*Test")
@ConfigurationParameter(key = "sluice.transport", value = "nio")
class NioContractTest {}
