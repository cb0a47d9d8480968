using Checker.Cli;
using Checker.Composition;
using Checker.Composition.Protocols;

StandardStreams.Guard();
return args is ["--version"]
    ? Versions.Print(Console.Out)
    : CommandLine.Run(args, Registry.All, ProtocolCommands.All, Console.Out, Console.Error);
