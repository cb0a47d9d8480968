using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Checker.Model.Catalogue;
using Checker.Properties.Counter;

namespace Checker.Tests.Own;

/// <summary>Small assemblies as a compiler would write them, without one.</summary>
internal static class Emitted
{
    private const MethodAttributes Getter = MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.SpecialName;

    /// <summary>
    /// An assembly with one class for each body. Each class has a public static property <c>Definition</c> of the type Protocol.
    /// </summary>
    public static void Protocols(string file, params Action<ILGenerator>[] bodies)
    {
        var assembly = new PersistedAssemblyBuilder(new(Path.GetFileNameWithoutExtension(file)), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule("module");
        foreach (var (number, body) in bodies.Index())
        {
            var type = module.DefineType($"Own.Class{number}", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
            var property = type.DefineProperty("Definition", PropertyAttributes.None, typeof(Protocol), null);
            var getter = type.DefineMethod("get_Definition", Getter, typeof(Protocol), Type.EmptyTypes);
            body(getter.GetILGenerator());
            property.SetGetMethod(getter);
            type.CreateType();
        }

        assembly.Save(file);
    }

    /// <summary>Returns Counter.</summary>
    public static void Counter(ILGenerator code)
    {
        code.Emit(OpCodes.Call, typeof(CounterProtocol).GetProperty(nameof(CounterProtocol.Definition))!.GetMethod!);
        code.Emit(OpCodes.Ret);
    }

    /// <summary>Returns another protocol that is called Counter.</summary>
    public static void CopyOfCounter(ILGenerator code)
    {
        code.Emit(OpCodes.Call, typeof(CounterProtocol).GetProperty(nameof(CounterProtocol.Definition))!.GetMethod!);
        code.Emit(OpCodes.Callvirt, typeof(Protocol).GetMethod("<Clone>$")!);
        code.Emit(OpCodes.Ret);
    }

    public static void Nothing(ILGenerator code)
    {
        code.Emit(OpCodes.Ldnull);
        code.Emit(OpCodes.Ret);
    }

    public static void Throws(ILGenerator code)
    {
        code.Emit(OpCodes.Ldstr, "the design\nhas no parts");
        code.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor([typeof(string)])!);
        code.Emit(OpCodes.Throw);
    }

    /// <summary>An empty assembly that refers to Checker.Model of this version.</summary>
    public static void WithModel(string file, Version version)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("module"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        metadata.AddAssembly(metadata.GetOrAddString(Path.GetFileNameWithoutExtension(file)), new(1, 0, 0, 0), default, default, default,
            AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default,
            MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        metadata.AddAssemblyReference(metadata.GetOrAddString("Checker.Model"), version, default, default, default, default);
        var bytes = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new(metadata), new()).Serialize(bytes);
        File.WriteAllBytes(file, bytes.ToArray());
    }
}
