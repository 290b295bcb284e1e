
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'rationale' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'rationale'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'rationale' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('compose', 'compose', [CompletionResultType]::ParameterValue, 'Export the letters of drafts; letters with errors are skipped')
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Print the letters of drafts; letters with errors are skipped')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'List the problems in drafts')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Turn finished letters into drafts')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check whether a PDF matches its draft')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Start a draft')
            [CompletionResult]::new('seal', 'seal', [CompletionResultType]::ParameterValue, 'Encrypt a draft with a passphrase')
            [CompletionResult]::new('unseal', 'unseal', [CompletionResultType]::ParameterValue, 'Remove a draft''s encryption')
            [CompletionResult]::new('templates', 'templates', [CompletionResultType]::ParameterValue, 'List templates, show one, or check a template file')
            [CompletionResult]::new('fields', 'fields', [CompletionResultType]::ParameterValue, 'List the fields of a template')
            [CompletionResult]::new('words', 'words', [CompletionResultType]::ParameterValue, 'List the words in your own spelling list, or add some')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List the rules that letters are checked against, or explain one')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'rationale;compose' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The file to write, or - for standard output [default: next to the draft]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The file to write, or - for standard output [default: next to the draft]')
            [CompletionResult]::new('--out-dir', '--out-dir', [CompletionResultType]::ParameterName, 'The folder to write the letters to')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The file format [default: by the ending of FILE, otherwise pdf]')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'Use this template instead of the draft''s own')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'The copy that recipients get, or the one that is published')
            [CompletionResult]::new('--passphrase-file', '--passphrase-file', [CompletionResultType]::ParameterName, 'A file whose first line is the passphrase for encrypted drafts; without it you are asked once at the terminal')
            [CompletionResult]::new('--verify', '--verify', [CompletionResultType]::ParameterName, 'Read each PDF back first, and write only those that are complete')
            [CompletionResult]::new('--unfinished', '--unfinished', [CompletionResultType]::ParameterName, 'Export letters with errors too, with DRAFT on every page')
            [CompletionResult]::new('--record', '--record', [CompletionResultType]::ParameterName, 'Record the export in the draft: date, format and the SHA-256 of each file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;print' {
            [CompletionResult]::new('--printer', '--printer', [CompletionResultType]::ParameterName, 'The printer [default: your default printer]')
            [CompletionResult]::new('--copies', '--copies', [CompletionResultType]::ParameterName, 'How many copies of each letter')
            [CompletionResult]::new('--sides', '--sides', [CompletionResultType]::ParameterName, 'One-sided or two-sided [default: the printer''s own setting]')
            [CompletionResult]::new('--pages', '--pages', [CompletionResultType]::ParameterName, 'The pages to print, such as 1-3 or 1,4-6 [default: all]')
            [CompletionResult]::new('--paper', '--paper', [CompletionResultType]::ParameterName, 'The paper size [default: the letter''s own]')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'The copy that recipients get, or the one that is published')
            [CompletionResult]::new('--passphrase-file', '--passphrase-file', [CompletionResultType]::ParameterName, 'A file whose first line is the passphrase for encrypted drafts; without it you are asked once at the terminal')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'List the printers and print nothing')
            [CompletionResult]::new('--unfinished', '--unfinished', [CompletionResultType]::ParameterName, 'Print letters with errors too, with DRAFT on every page')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;check' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to list the problems')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'The copy to check; some rules apply only to the public copy')
            [CompletionResult]::new('--passphrase-file', '--passphrase-file', [CompletionResultType]::ParameterName, 'A file whose first line is the passphrase for encrypted drafts; without it you are asked once at the terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;import' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The draft to write, or - for standard output [default: next to the letter]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The draft to write, or - for standard output [default: next to the letter]')
            [CompletionResult]::new('--out-dir', '--out-dir', [CompletionResultType]::ParameterName, 'The folder to write the drafts to')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;verify' {
            [CompletionResult]::new('--passphrase-file', '--passphrase-file', [CompletionResultType]::ParameterName, 'A file whose first line is the passphrase for encrypted drafts; without it you are asked once at the terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;new' {
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'The template''s id; see `rationale templates`')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The file to write, or - for standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The file to write, or - for standard output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;seal' {
            [CompletionResult]::new('--passphrase-file', '--passphrase-file', [CompletionResultType]::ParameterName, 'A file whose first line is the passphrase for encrypted drafts; without it you are asked once at the terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;unseal' {
            [CompletionResult]::new('--passphrase-file', '--passphrase-file', [CompletionResultType]::ParameterName, 'A file whose first line is the passphrase for encrypted drafts; without it you are asked once at the terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;templates' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the templates')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a template, to start your own from')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'List a template''s problems, the fields it uses, and how long its letters get')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'rationale;templates;list' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;templates;show' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;templates;check' {
            [CompletionResult]::new('--out-dir', '--out-dir', [CompletionResultType]::ParameterName, 'A folder to write the trial letters to, as PDFs')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;templates;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the templates')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a template, to start your own from')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'List a template''s problems, the fields it uses, and how long its letters get')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'rationale;templates;help;list' {
            break
        }
        'rationale;templates;help;show' {
            break
        }
        'rationale;templates;help;check' {
            break
        }
        'rationale;templates;help;help' {
            break
        }
        'rationale;fields' {
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'The template''s id; see `rationale templates`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;words' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;rules' {
            [CompletionResult]::new('--markdown', '--markdown', [CompletionResultType]::ParameterName, 'Explain every rule, as a Markdown page')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'rationale;help' {
            [CompletionResult]::new('compose', 'compose', [CompletionResultType]::ParameterValue, 'Export the letters of drafts; letters with errors are skipped')
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Print the letters of drafts; letters with errors are skipped')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'List the problems in drafts')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Turn finished letters into drafts')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check whether a PDF matches its draft')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Start a draft')
            [CompletionResult]::new('seal', 'seal', [CompletionResultType]::ParameterValue, 'Encrypt a draft with a passphrase')
            [CompletionResult]::new('unseal', 'unseal', [CompletionResultType]::ParameterValue, 'Remove a draft''s encryption')
            [CompletionResult]::new('templates', 'templates', [CompletionResultType]::ParameterValue, 'List templates, show one, or check a template file')
            [CompletionResult]::new('fields', 'fields', [CompletionResultType]::ParameterValue, 'List the fields of a template')
            [CompletionResult]::new('words', 'words', [CompletionResultType]::ParameterValue, 'List the words in your own spelling list, or add some')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List the rules that letters are checked against, or explain one')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'rationale;help;compose' {
            break
        }
        'rationale;help;print' {
            break
        }
        'rationale;help;check' {
            break
        }
        'rationale;help;import' {
            break
        }
        'rationale;help;verify' {
            break
        }
        'rationale;help;new' {
            break
        }
        'rationale;help;seal' {
            break
        }
        'rationale;help;unseal' {
            break
        }
        'rationale;help;templates' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the templates')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a template, to start your own from')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'List a template''s problems, the fields it uses, and how long its letters get')
            break
        }
        'rationale;help;templates;list' {
            break
        }
        'rationale;help;templates;show' {
            break
        }
        'rationale;help;templates;check' {
            break
        }
        'rationale;help;fields' {
            break
        }
        'rationale;help;words' {
            break
        }
        'rationale;help;rules' {
            break
        }
        'rationale;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
