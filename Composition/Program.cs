using Checker.Cli;
using Checker.Composition;

StandardStreams.Guard();
return CommandLine.Run(args, Registry.All, ProtocolCommands.All(), Console.Out, Console.Error);
