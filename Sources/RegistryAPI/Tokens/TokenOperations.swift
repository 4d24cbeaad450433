public import Registry

public enum ImportTokensOperation: UploadOperation {
    public static let route = Route(
        .post,
        "/v1/enrollments/{enrollment}/tokens",
        "importTokens",
        "Import the portal's tokens of an enrollment",
        successStatus: 201
    )

    public static func useCase(_ input: EnrollmentInput) throws -> any UseCase {
        try command(input, .absent)
    }

    private static func command(_ input: EnrollmentInput, _ file: UploadedFile) throws -> ImportTokens {
        ImportTokens(
            enrollmentID: try WireText.identifier(input.enrollment, "enrollment"),
            digest: file.digest,
            open: file.open
        )
    }

    public static func perform(
        _ input: EnrollmentInput,
        file: UploadedFile,
        in call: Call
    ) async throws -> TokenImportResource {
        let answer = try await call.perform(try command(input, file))
        return TokenImportResource(answer, dryRun: call.options.isDryRun)
    }
}
