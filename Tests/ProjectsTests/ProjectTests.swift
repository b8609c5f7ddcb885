import Documents
import Foundation
import Projects
import Testing

/// What a project's folder is, and what its experiments are called.
@Suite struct ProjectTests {
    @Test(arguments: [
        ("experiments/width.yaml", "width"), ("experiments/sub/width.yaml", "sub-width"), ("drafts/width.yml", "drafts-width"),
        ("width.yaml", "width"), ("experiments/v1.2.yaml", "v1.2"), ("../elsewhere/width.yaml", "width"),
    ])
    func anExperimentIsCalledAsItsFile(file: String, name: String) throws {
        #expect(try Project(root: "/project").name(of: file.hasPrefix("..") ? "/elsewhere/width.yaml" : "/project/\(file)") == name)
    }

    @Test(arguments: ["...yaml", ".hidden.yaml", "a\nb.yaml", String(repeating: "x", count: 201) + ".yaml"])
    func namesThatNoFolderCanHaveAreRefused(file: String) {
        #expect(throws: Refusal.self) { try Project(root: "/project").name(of: "/project/experiments/\(file)") }
    }

    @Test func theNearestFolderWithExperimentsIsTheProject() throws {
        let temporary = try TemporaryProject()
        #expect(Project.containing(temporary.folder + "/data")?.root == temporary.folder)
        try temporary.write("", to: "inner/experiments/x.yaml")
        #expect(Project.containing(temporary.folder + "/inner/experiments")?.root == temporary.folder + "/inner")
    }

    @Test func filesOfBothEndingsAreListedByTheirStems() throws {
        let temporary = try TemporaryProject()
        for name in ["b.yml", "a.yaml", ".hidden.yaml", "notes.txt"] { try temporary.write("", to: "experiments/\(name)") }
        #expect(temporary.project.files.map(\.name) == ["a", "b", "width"])
    }

    @Test func twoFilesOfOneNameAreRefused() throws {
        let temporary = try TemporaryProject()
        try temporary.write(TemporaryProject.width, to: "experiments/width.yml")
        let error = #expect(throws: Refusal.self) { try temporary.prepared() }
        #expect(error?.message.contains("are both called width") == true)
    }

    @Test func anExperimentMayExtendNothingThatLiesOutside() throws {
        let (temporary, other) = (try TemporaryProject(), try TemporaryProject())
        try FileManager.default.createSymbolicLink(
            atPath: temporary.folder + "/experiments/link.yaml", withDestinationPath: other.folder + "/experiments/width.yaml")
        try temporary.write("extends: link.yaml\n", to: "experiments/heir.yaml")
        let error = #expect(throws: Diagnostics.self) { try temporary.project.experiment(temporary.folder + "/experiments/heir.yaml") }
        #expect(error?.all.first?.message == "cannot extend \"link.yaml\": it is a link to what lies outside the project")
    }
}
