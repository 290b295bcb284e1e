; Made into a setup program by makensis (see ../make, which defines the words in braces). For you, or for everybody:
;   setup.exe /S [/AllUsers | /CurrentUser] [/D=C:\folder]
Target amd64-unicode
Unicode true
SetCompressor /SOLID lzma
Name "${title}"
OutFile "${output}"
ManifestDPIAware true

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${title}"
!define MULTIUSER_INSTALLMODE_FUNCTION place
!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh

!define MUI_ICON "${project}/assets/icon.ico"
!define MUI_UNICON "${project}/assets/icon.ico"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${title}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\rationale-window.exe"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

VIProductVersion "${version}.0"
VIAddVersionKey ProductName "${title}"
VIAddVersionKey CompanyName "${publisher}"
VIAddVersionKey FileDescription "${title} setup"
VIAddVersionKey FileVersion "${version}"
VIAddVersionKey ProductVersion "${version}"
VIAddVersionKey LegalCopyright "${license}"

; Where data lies, no program goes: %LOCALAPPDATA%\Rationale has the settings.
Function place
  StrCmp $MultiUser.InstallMode CurrentUser 0 +2
  StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${title}"
FunctionEnd

Function .onInit
  ; A folder that the command line names is kept.
  SetRegView 64
  StrCpy $R0 $INSTDIR
  !insertmacro MULTIUSER_INIT
  StrCmp $R0 "" +2
  StrCpy $INSTDIR $R0
FunctionEnd

Function un.onInit
  SetRegView 64
  StrCpy $R0 $INSTDIR
  !insertmacro MULTIUSER_UNINIT
  StrCpy $INSTDIR $R0
FunctionEnd

Section
  SetOutPath "$INSTDIR"
  File "${programs}/rationale-window.exe"
  File "${programs}/rationale.exe"
  !include "${papers}"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${title}.lnk" "$INSTDIR\rationale-window.exe"

  WriteRegStr SHCTX "Software\Classes\.${ending}" "" "Rationale.Draft"
  WriteRegStr SHCTX "Software\Classes\.${ending}" "Content Type" "${mime}"
  WriteRegStr SHCTX "Software\Classes\Rationale.Draft" "" "${kind}"
  WriteRegStr SHCTX "Software\Classes\Rationale.Draft\DefaultIcon" "" "$INSTDIR\rationale-window.exe,1"
  WriteRegStr SHCTX "Software\Classes\Rationale.Draft\shell\open\command" "" '"$INSTDIR\rationale-window.exe" "%1"'

  WriteRegStr SHCTX "${UNINSTALL}" DisplayName "${title}"
  WriteRegStr SHCTX "${UNINSTALL}" DisplayVersion "${version}"
  WriteRegStr SHCTX "${UNINSTALL}" Publisher "${publisher}"
  WriteRegStr SHCTX "${UNINSTALL}" URLInfoAbout "${homepage}"
  WriteRegStr SHCTX "${UNINSTALL}" DisplayIcon "$INSTDIR\rationale-window.exe"
  WriteRegStr SHCTX "${UNINSTALL}" UninstallString '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S /$MultiUser.InstallMode'
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${UNINSTALL}" EstimatedSize $0
  WriteRegDWORD SHCTX "${UNINSTALL}" NoModify 1
  WriteRegDWORD SHCTX "${UNINSTALL}" NoRepair 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

; Drafts, settings and recovery copies stay. A program that runs is removed when the computer starts again.
Section Uninstall
  Delete /REBOOTOK "$INSTDIR\rationale-window.exe"
  Delete /REBOOTOK "$INSTDIR\rationale.exe"
  !include "${un_papers}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${title}.lnk"
  DeleteRegKey SHCTX "Software\Classes\.${ending}"
  DeleteRegKey SHCTX "Software\Classes\Rationale.Draft"
  DeleteRegKey SHCTX "${UNINSTALL}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
