package io.myrixen.simulation.sabotage;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Plants one defect into the bytes of one class. Used once. */
final class Mutator {

  private final Sabotage sabotage;
  private int places;
  private int branches;

  Mutator(Sabotage sabotage) {
    this.sabotage = sabotage;
  }

  /**
   * Returns the class with the defect.
   *
   * @throws IllegalStateException if there is no such place in it: the code has changed
   */
  byte[] mutate(byte[] bytes, ClassLoader loader) {
    ClassFile file =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.defaultResolver()
                    .orElse(ClassHierarchyResolver.ofResourceParsing(loader))));
    ClassModel model = file.parse(bytes);
    byte[] mutated = file.transformClass(model, transform());
    if (places == 0) {
      throw new IllegalStateException(
          "sabotage %s finds no such place in %s.%s"
              .formatted(sabotage.name(), sabotage.className(), sabotage.method()));
    }
    return mutated;
  }

  private ClassTransform transform() {
    return (builder, element) -> {
      if (element instanceof MethodModel method
          && method.methodName().equalsString(sabotage.method())
          && method.code().isPresent()) {
        builder.withMethod(
            method.methodName(),
            method.methodType(),
            method.flags().flagsMask(),
            made ->
                method.forEach(part -> {
                  if (part instanceof CodeModel code) {
                    made.withCode(body -> rewrite(method, code, body));
                  } else {
                    made.with(part);
                  }
                }));
      } else {
        builder.with(element);
      }
    };
  }

  private void rewrite(MethodModel method, CodeModel code, CodeBuilder body) {
    if (sabotage.mutation() instanceof Mutation.Return constant) {
      places++;
      giveBack(body, method.methodTypeSymbol().returnType(), constant.value());
      return;
    }
    code.forEach(element -> rewrite(element, body));
  }

  private static void giveBack(CodeBuilder body, ClassDesc type, int value) {
    TypeKind kind = TypeKind.from(type);
    switch (kind.asLoadable()) {
      case INT -> body.loadConstant(value).ireturn();
      case LONG -> body.loadConstant((long) value).lreturn();
      case VOID -> body.return_();
      default -> body.aconst_null().areturn();
    }
  }

  private void rewrite(CodeElement element, CodeBuilder body) {
    switch (sabotage.mutation()) {
      case Mutation.SkipCalls skipped
          when element instanceof InvokeInstruction call
              && call.name().equalsString(skipped.method()) -> {
        places++;
        skip(call, body);
      }
      case Mutation.SkipWrites skipped
          when element instanceof FieldInstruction write
              && write.opcode() == Opcode.PUTFIELD
              && write.name().equalsString(skipped.field()) -> {
        places++;
        pop(body, write.typeSymbol());
        body.pop();
      }
      case Mutation.Constant constant
          when element instanceof ConstantInstruction load
              && load.constantValue() instanceof Number number
              && number.longValue() == constant.from() -> {
        places++;
        if (load.typeKind() == TypeKind.LONG) {
          body.loadConstant((long) constant.to());
        } else {
          body.loadConstant(constant.to());
        }
      }
      case Mutation.Negate negate
          when element instanceof BranchInstruction branch && isQuestion(branch.opcode()) -> {
        if (branches++ == negate.number()) {
          places++;
          body.branch(contrary(branch.opcode()), branch.target());
        } else {
          body.with(element);
        }
      }
      default -> body.with(element);
    }
  }

  private static void skip(InvokeInstruction call, CodeBuilder body) {
    MethodTypeDesc type = call.typeSymbol();
    for (int i = type.parameterCount() - 1; i >= 0; i--) {
      pop(body, type.parameterType(i));
    }
    if (call.opcode() != Opcode.INVOKESTATIC) {
      body.pop();
    }
    switch (TypeKind.from(type.returnType()).asLoadable()) {
      case INT -> body.iconst_0();
      case LONG -> body.lconst_0();
      case VOID -> {}
      default -> body.aconst_null();
    }
  }

  private static void pop(CodeBuilder body, ClassDesc type) {
    if (TypeKind.from(type).slotSize() == 2) {
      body.pop2();
    } else {
      body.pop();
    }
  }

  private static boolean isQuestion(Opcode opcode) {
    return opcode != Opcode.GOTO && opcode != Opcode.GOTO_W;
  }

  private static Opcode contrary(Opcode opcode) {
    return switch (opcode) {
      case IFEQ -> Opcode.IFNE;
      case IFNE -> Opcode.IFEQ;
      case IFLT -> Opcode.IFGE;
      case IFGE -> Opcode.IFLT;
      case IFGT -> Opcode.IFLE;
      case IFLE -> Opcode.IFGT;
      case IF_ICMPEQ -> Opcode.IF_ICMPNE;
      case IF_ICMPNE -> Opcode.IF_ICMPEQ;
      case IF_ICMPLT -> Opcode.IF_ICMPGE;
      case IF_ICMPGE -> Opcode.IF_ICMPLT;
      case IF_ICMPGT -> Opcode.IF_ICMPLE;
      case IF_ICMPLE -> Opcode.IF_ICMPGT;
      case IF_ACMPEQ -> Opcode.IF_ACMPNE;
      case IF_ACMPNE -> Opcode.IF_ACMPEQ;
      case IFNULL -> Opcode.IFNONNULL;
      case IFNONNULL -> Opcode.IFNULL;
      default -> throw new IllegalStateException("no question: " + opcode);
    };
  }
}
